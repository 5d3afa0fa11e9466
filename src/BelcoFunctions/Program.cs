using BelcoFunctions;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.Services.AddApp(builder.Configuration);
    builder.Build().Run();
    return 0;
}
catch (SettingsException exception)
{
    StartupErrors.Write(exception, Console.Error);
    return 1;
}

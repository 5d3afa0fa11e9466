using BelcoFunctions;
using BelcoFunctions.Pipeline.Settings;
using BelcoFunctions.Startup;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
try
{
    builder.Services.AddApp(builder.Configuration);
}
catch (SettingsException exception)
{
    await StartupErrors.ReportAsync(exception.Errors, builder.Configuration, Console.Error);
    return 1;
}

await builder.Build().RunAsync();
return 0;

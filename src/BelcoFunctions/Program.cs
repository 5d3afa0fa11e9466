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
    // What the host shows of a worker that will not start: sentences, rather than a stack trace.
    Console.Error.WriteLine(exception.Message);
    return 1;
}

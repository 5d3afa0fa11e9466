using BelcoFunctions.Pipeline.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Viewer.Tests.Web;

public sealed class ViewerMiddlewareTests
{
    public static TheoryData<Exception> Errors =>
        [new DamagedRowException("row"), new StoreUnavailableException(new TimeoutException()), new AnotherVersionException()];

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_answer_that_breaks_off_does_not_look_complete(Exception error)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        await using var app = builder.Build();
        var arrived = new TaskCompletionSource();
        app.UseMiddleware<ViewerMiddleware>();
        app.Run(async http =>
        {
            await http.Response.WriteAsync("the first part");
            await arrived.Task;
            throw error;
        });
        await app.StartAsync();

        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var response = await http.GetAsync(new Uri("/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        arrived.SetResult();
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Viewer.Tests.Shared;

/// <summary>The markup of a part of a page, without a server and a browser.</summary>
internal static class Rendered
{
    public static async Task<string> OfAsync<T>(object parameters) where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var values = parameters.GetType().GetProperties()
            .ToDictionary(property => property.Name, property => property.GetValue(parameters));
        return WebUtility.HtmlDecode(await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(values))).ToHtmlString()));
    }
}

using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Situational.Web.Tests.BlazorLeaflet;

/// <summary>Renders a component as the server does, statically.</summary>
internal static class Rendering
{
    public static async Task<string> HtmlOfAsync<TComponent>(Dictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    public static async Task<XElement> ElementOfAsync<TComponent>(Dictionary<string, object?> parameters)
        where TComponent : IComponent =>
        XElement.Parse(await HtmlOfAsync<TComponent>(parameters));
}

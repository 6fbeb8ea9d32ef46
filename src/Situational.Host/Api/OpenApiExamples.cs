using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Situational.Host.Api;

/// <summary>Puts examples into the OpenAPI document.</summary>
internal static class OpenApiExamples
{
    /// <summary>Gives the endpoint's 200 answer an example, written as the API writes answers.</summary>
    public static RouteHandlerBuilder WithExample<T>(this RouteHandlerBuilder endpoint, T answer) =>
        endpoint.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            var options = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            if (operation.Responses?.TryGetValue("200", out var ok) == true && ok.Content?.TryGetValue("application/json", out var media) == true)
                media.Example = JsonSerializer.SerializeToNode(answer, options);
            return Task.CompletedTask;
        });
}

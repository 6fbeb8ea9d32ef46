using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Situational.Host.Api.OpenApi;

/// <summary>Writes what endpoints note about themselves into the OpenAPI document. Examples are written as answers are, so they cannot drift from them.</summary>
internal sealed class OperationNotes(IOptions<JsonOptions> json, TimeProvider time) : IOpenApiOperationTransformer
{
    /// <inheritdoc />
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var parameter in metadata.OfType<ParameterNote>())
            (operation.Parameters ??= []).Add(Of(parameter));
        foreach (var body in metadata.OfType<BinaryBody>())
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = body.MediaTypes.ToDictionary(
                    type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } }),
            };
        foreach (var example in metadata.OfType<RequestExample>())
            if (operation.RequestBody?.Content is { } content && content.TryGetValue(example.MediaType, out var media))
                (media.Examples ??= new Dictionary<string, IOpenApiExample>())[example.Name] = new OpenApiExample { Value = Write(example.Body(time.GetUtcNow())) };
        foreach (var example in metadata.OfType<ResponseExample>())
            if (operation.Responses?.TryGetValue(example.Status.ToString(CultureInfo.InvariantCulture), out var response) == true && response.Content is { } content)
                foreach (var media in content.Values)
                    media.Example = Write(example.Body);
        return Task.CompletedTask;
    }

    private static OpenApiParameter Of(ParameterNote note) => new()
    {
        Name = note.Name,
        In = note.InHeader ? ParameterLocation.Header : ParameterLocation.Query,
        Description = note.Description,
        Required = note.Required,
        Example = note.Example,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = note.Words?.Select(w => (JsonNode)w).ToList() },
    };

    private JsonNode? Write(object body) =>
        body is string text ? JsonValue.Create(text) : JsonSerializer.SerializeToNode(body, body.GetType(), json.Value.SerializerOptions);
}

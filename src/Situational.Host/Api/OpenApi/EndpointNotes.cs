namespace Situational.Host.Api.OpenApi;

/// <summary>What endpoints add to the OpenAPI document.</summary>
internal static class EndpointNotes
{
    /// <summary>A body that the endpoint takes.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder endpoint, string name, object body, string mediaType = "application/json")
        where TBuilder : IEndpointConventionBuilder => endpoint.WithExample(name, _ => body, mediaType);

    /// <summary>A body that the endpoint takes and that depends on the time at which the document is read.</summary>
    public static TBuilder WithExample<TBuilder>(
        this TBuilder endpoint, string name, Func<DateTimeOffset, object> body, string mediaType = "application/json")
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequestExample(name, body, mediaType));

    /// <summary>An answer that the endpoint gives.</summary>
    public static TBuilder WithAnswer<TBuilder>(this TBuilder endpoint, int status, object body)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ResponseExample(status, body));

    /// <summary>A parameter of the query.</summary>
    public static TBuilder WithQuery<TBuilder>(
        this TBuilder endpoint, string name, string description, string? example = null, IReadOnlyList<string>? words = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ParameterNote(name, description, example, Words: words));

    /// <summary>A header.</summary>
    public static TBuilder WithHeader<TBuilder>(this TBuilder endpoint, string name, string description, string example, bool required = false)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ParameterNote(name, description, example, InHeader: true, required));

    /// <summary>The body is raw bytes of one of those types.</summary>
    public static TBuilder WithBinaryBody<TBuilder>(this TBuilder endpoint, IReadOnlyList<string> mediaTypes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new BinaryBody(mediaTypes));
}

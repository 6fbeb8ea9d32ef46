namespace Situational.Host.Api.OpenApi;

/// <summary>A body that an endpoint takes.</summary>
/// <param name="Name">Its name among the endpoint's examples.</param>
/// <param name="Body">At a time: a contract's object, which is written as answers are; a <see cref="string"/> stands as it is.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record RequestExample(string Name, Func<DateTimeOffset, object> Body, string MediaType);

/// <summary>An answer that an endpoint gives.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">A contract's object, which is written as answers are; a <see cref="string"/> stands as it is.</param>
internal sealed record ResponseExample(int Status, object Body);

/// <summary>A parameter that an endpoint reads itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means, with its limits and default.</param>
/// <param name="Example">A value.</param>
/// <param name="InHeader">A header; else it stands in the query.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Words">The only values, if it has such.</param>
internal sealed record ParameterNote(
    string Name, string Description, string? Example, bool InHeader = false, bool Required = false, IReadOnlyList<string>? Words = null);

/// <summary>The body is raw bytes.</summary>
/// <param name="MediaTypes">Of these media types.</param>
internal sealed record BinaryBody(IReadOnlyList<string> MediaTypes);

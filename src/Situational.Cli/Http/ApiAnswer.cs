using System.Net;

namespace Situational.Cli.Http;

/// <summary>What the system answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The answer, if it was a success.</param>
/// <param name="Fault">The problem in words, if it was none.</param>
internal sealed record ApiAnswer<T>(HttpStatusCode Status, T? Body, string? Fault) where T : class
{
    /// <summary>The answer of a success.</summary>
    /// <exception cref="ClientException">It was none.</exception>
    public T Require(string doing) => Body ?? throw new ClientException($"{doing}: {(int)Status} {Fault}");
}

namespace Situational.Host.History;

/// <summary>A question about the past that has no answer.</summary>
/// <param name="status">The answer's status.</param>
/// <param name="parameter">The parameter that is at fault; null when the past is not there at all.</param>
/// <param name="text">What is wrong and what the limit is.</param>
/// <param name="keptSince">The earliest moment that can be shown, where that is the limit.</param>
internal sealed class PastRefusedException(int status, string? parameter, string text, DateTimeOffset? keptSince = null) : Exception(text)
{
    public int Status => status;

    public string? Field => parameter;

    public DateTimeOffset? KeptSince => keptSince;
}

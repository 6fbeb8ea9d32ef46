using Microsoft.Extensions.Configuration;

namespace Situational.Storage.Tests.Support;

/// <summary>A run of <c>verify</c> or <c>migrate</c> as the host's program makes it.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record UpkeepCommand(int Code, string Output, string Error)
{
    /// <summary>What was refused.</summary>
    public string Refusal => string.Join('\n', Error.Split('\n').Where(line => line.StartsWith("situational:", StringComparison.Ordinal)));

    /// <summary>How far it came.</summary>
    public string Progress => string.Join('\n', Error.Split('\n').Where(line => !line.StartsWith("situational:", StringComparison.Ordinal)));

    /// <summary>The lines of faults.</summary>
    public string Faults => string.Join('\n', Output.Split('\n').Where(line => line.EndsWith('.') && !line.StartsWith("No fault", StringComparison.Ordinal)));

    public static async Task<UpkeepCommand> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await StorageUpkeep.RunAsync(
            arguments, settings => new ConfigurationBuilder().AddCommandLine([.. settings]).Build(), output, error, TimeProvider.System,
            TestContext.Current.CancellationToken);
        return new UpkeepCommand(code, output.ToString(), error.ToString());
    }
}

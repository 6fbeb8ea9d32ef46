using Microsoft.Extensions.Configuration;
using Situational.Domain.Journal;
using Situational.Storage.Upkeep;

namespace Situational.Storage;

/// <summary>The commands <c>verify</c> and <c>migrate</c>, for when no server runs.</summary>
public static class StorageUpkeep
{
    /// <summary>All is well.</summary>
    public const int Well = 0;

    /// <summary>Something is wrong and was named.</summary>
    public const int Faulty = 2;

    /// <summary>A store cannot be used: it is not there, in use, incomplete or not reached.</summary>
    public const int Unusable = 3;

    /// <summary>The command is not understood.</summary>
    public const int Misunderstood = 64;

    /// <summary>Whether that is one of the commands.</summary>
    public static bool Knows(string command) => command is "verify" or "migrate";

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">The command and what follows it.</param>
    /// <param name="configure">Makes the settings from <c>--Section:Name=value</c> switches.</param>
    /// <param name="output">For results.</param>
    /// <param name="error">For progress and refusals.</param>
    /// <param name="time">When to say how far it has come.</param>
    /// <param name="cancellationToken">Stops it; a target that is being filled stays marked as incomplete.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Func<IEnumerable<string>, IConfiguration> configure, TextWriter output, TextWriter error, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (arguments.Any(argument => argument is "--help" or "-h"))
        {
            output.WriteLine(UpkeepArguments.Help);
            return Well;
        }
        try
        {
            var asked = UpkeepArguments.Parse(arguments[0], [.. arguments.Skip(1)], configure);
            var upkeeper = new Upkeeper(output, error, time);
            await using var source = await asked.From.OpenToReadAsync(cancellationToken);
            if (asked.To is null)
                return await upkeeper.VerifyAsync(source, cancellationToken) ? Well : Faulty;
            await using var target = await asked.To.OpenToFillAsync(cancellationToken);
            return await upkeeper.MoveAsync(source, target, cancellationToken) ? Well : Faulty;
        }
        catch (FormatException e)
        {
            error.WriteLine($"situational: {e.Message}; --help lists what there is");
            return Misunderstood;
        }
        catch (JournalDamagedException e)
        {
            output.WriteLine(e.Message);
            return Faulty;
        }
        catch (Exception e) when (e is StorageUnusableException or JournalUnavailableException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"situational: {e.Message}");
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("situational: stopped; a store that was being filled is marked as incomplete");
            return Unusable;
        }
    }
}

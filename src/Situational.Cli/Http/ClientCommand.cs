using System.CommandLine;

namespace Situational.Cli.Http;

/// <summary>What every command does around its work: connect, say faults in one line, end quietly when stopped.</summary>
internal static class ClientCommand
{
    /// <summary>Gives a command the server options and its work. The exit code is the work's, 1 for a fault, 0 when stopped.</summary>
    public static Command Doing(this Command command, TimeProvider time, Func<SituationalClient, ParseResult, CancellationToken, Task<int>> work) =>
        command.Doing(time, (client, _, parsed, cancellationToken) => work(client, parsed, cancellationToken));

    /// <summary>The same for work that needs the key itself.</summary>
    public static Command Doing(this Command command, TimeProvider time, Func<SituationalClient, string, ParseResult, CancellationToken, Task<int>> work)
    {
        var server = new ServerOptions();
        server.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                using var client = server.Connect(parsed, time);
                return await work(client, server.ReadKey(parsed), parsed, cancellationToken);
            }
            catch (ClientException e)
            {
                await Console.Error.WriteLineAsync("situational: " + e.Message);
                return 1;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return 0;
            }
        });
        return command;
    }

    /// <summary>Refuses a value outside a range, with the option's name and the range.</summary>
    public static Option<T> Between<T>(this Option<T> option, T least, T most) where T : IComparable<T>
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is { } value && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
                result.AddError($"{option.Name}: {value} is not between {least} and {most}");
        });
        return option;
    }
}

using System.CommandLine;
using System.Globalization;
using Situational.Cli.Http;
using Situational.Contracts.Http;

namespace Situational.Cli.Desks;

/// <summary><c>pass</c>: gives a person a link to their desk.</summary>
internal static class PassCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TimeProvider time)
    {
        var id = new Option<string>("--id") { Description = "Id of the person, 1 to 64 characters; stands in the audit trail.", Required = true };
        var name = new Option<string?>("--name") { Description = "What others see, 1 to 32 characters. Default: the id." };
        var role = new Option<string>("--role") { Description = "officer, supervisor or lead (patrol lead).", Required = true };
        role.AcceptOnlyFromAmong("officer", "supervisor", "lead");
        var squad = new Option<string?>("--squad") { Description = "The squad that a lead leads." };
        var hours = new Option<int>("--hours") { Description = "How long the desk stays open, 1 to 24.", DefaultValueFactory = _ => 12 }.Between(1, 24);
        return new Command("pass", "Gives a person a link to their desk: the duty desk, or for a lead the patrol desk. Whoever opens it is that person.")
        {
            id, name, role, squad, hours,
        }.Doing(time, (client, parsed, cancellationToken) => RunAsync(
            client, time,
            new PassRequest(parsed.GetValue(id)!, parsed.GetValue(name), parsed.GetValue(role)!, parsed.GetValue(squad), parsed.GetValue(hours)),
            cancellationToken));
    }

    private static async Task<int> RunAsync(SituationalClient client, TimeProvider time, PassRequest person, CancellationToken cancellationToken)
    {
        var answer = await client.PassAsync(person, cancellationToken);
        if (answer.Body is not { } pass)
        {
            await Console.Error.WriteLineAsync("situational: no pass was given: " + answer.Fault);
            return 1;
        }
        Console.WriteLine("Desk: " + new Uri(client.Server, pass.Link));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"It opens the desk of {person.Name ?? person.Id} ({person.Role}) until {TimeZoneInfo.ConvertTime(pass.Ends, time.LocalTimeZone):HH:mm}; the desk then stays open for {person.Hours} h. Whoever opens it is that person."));
        return 0;
    }
}

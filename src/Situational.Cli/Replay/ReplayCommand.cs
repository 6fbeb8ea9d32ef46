using System.CommandLine;
using System.Globalization;
using Situational.Cli.Http;
using Spectre.Console;

namespace Situational.Cli.Replay;

/// <summary><c>replay FILE</c>: sends a recorded day of positions.</summary>
internal static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Create(TimeProvider time)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV with a header line, or GPX." };
        file.AcceptExistingOnly();
        var map = new Option<string?>("--map") { Description = "Columns of a CSV file: unit=COLUMN,at=COLUMN,lat=COLUMN,lon=COLUMN,accuracy=…,speed=…,heading=…,squad=…,callsign=…. Default: guessed from common names." };
        var speed = new Option<string>("--speed") { Description = "Times real time, 0.01 to 10,000, or max.", DefaultValueFactory = _ => "1" };
        speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && ReplaySpeed.Parse(text) is null)
                result.AddError($"--speed: '{text}' is neither max nor a number from 0.01 to 10,000");
        });
        var live = new Option<bool>("--live") { Description = "Stamp each fix with the time at which it is sent, for a living picture. Default: the spacing is kept, and the last fix is now." };
        var command = new Command("replay", "Sends a recorded day of positions, sorted by time.") { file, map, speed, live };
        command.Validators.Add(result =>
        {
            if (result.GetValue(live) && result.GetValue(speed) == "max")
                result.AddError("--live needs a --speed in numbers: at max every fix would have the same time");
        });
        return command.Doing(time, (client, parsed, cancellationToken) => RunAsync(
            client, time, TrackFile.Read(parsed.GetValue(file)!, parsed.GetValue(map)),
            ReplaySpeed.Parse(parsed.GetValue(speed)!)!.Value, parsed.GetValue(live), cancellationToken));
    }

    private static async Task<int> RunAsync(
        SituationalClient client, TimeProvider time, TrackFile track, ReplaySpeed speed, bool live, CancellationToken cancellationToken)
    {
        foreach (var fault in track.Faults)
            Console.WriteLine("not read: " + fault);
        if (track.Fixes.Count == 0)
            throw new ClientException("the file holds no fix that can be read");
        var began = time.GetTimestamp();
        var replayer = new Replayer(client, time, speed, live);
        var whole = await SendAsync(replayer, track, cancellationToken);
        var sum = replayer.Sum;
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        foreach (var reason in sum.Reasons)
            Console.WriteLine($"refused: {reason.Unit}: {reason.Detail}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(whole ? "Sent" : "Stopped: sent")} {sum.Received} fixes of {track.Units} units in {seconds:0.0} s: {sum.Moved} moved their unit, {sum.Older} older, {sum.Repeated} repeated, {sum.Outside} outside every grid, {sum.Jumps} jumps, {sum.Future} dated ahead, {sum.Refused} refused; {track.Unreadable} rows not read."));
        return sum.Refused + track.Unreadable == 0 ? 0 : 2;
    }

    /// <summary>Sends with a progress bar; false when it was stopped before the end.</summary>
    private static async Task<bool> SendAsync(Replayer replayer, TrackFile track, CancellationToken cancellationToken)
    {
        try
        {
            await AnsiConsole.Progress().HideCompleted(false)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    var task = context.AddTask($"{track.Fixes.Count} fixes", maxValue: track.Fixes.Count);
                    await replayer.RunAsync(track.Fixes, sent => task.Value = sent, cancellationToken);
                });
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}

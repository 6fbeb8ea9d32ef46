using Situational.Cli.Http;
using Situational.Contracts.Http;

namespace Situational.Cli.Replay;

/// <summary>Sends a recorded day in its order, one request at a time so that no fix overtakes another.</summary>
internal sealed class Replayer(SituationalClient client, TimeProvider time, ReplaySpeed speed, bool live)
{
    private const int LargestBatch = 5_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    /// <summary>What the system answered so far, added up; its reasons are the first ones.</summary>
    public PositionsAnswer Sum { get; private set; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, []);

    /// <summary>Sends all fixes.</summary>
    /// <param name="fixes">Oldest first.</param>
    /// <param name="progress">Told the number of fixes sent so far.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(IReadOnlyList<TrackFix> fixes, Action<int> progress, CancellationToken cancellationToken)
    {
        if (fixes.Count == 0)
            return;
        var began = time.GetTimestamp();
        var shift = time.GetUtcNow() - fixes[^1].At;
        var batch = new List<FixRequest>(LargestBatch);
        for (var i = 0; i < fixes.Count;)
        {
            while (i < fixes.Count && batch.Count < LargestBatch && IsDue(fixes[i].At - fixes[0].At, began))
            {
                var fix = fixes[i++];
                batch.Add(new FixRequest(fix.Unit, fix.Latitude, fix.Longitude, live ? time.GetUtcNow() : fix.At + shift,
                    fix.AccuracyMeters, fix.SpeedMetersPerSecond, fix.HeadingDegrees, fix.Squad, fix.CallSign));
            }
            if (batch.Count > 0)
            {
                Add((await client.PostPositionsAsync(batch, cancellationToken)).Require("sending positions"));
                batch.Clear();
                progress(i);
            }
            else
            {
                await Task.Delay(LongestWait, time, cancellationToken);
            }
        }
    }

    private bool IsDue(TimeSpan sinceFirst, long began) => speed.IsMax || time.GetElapsedTime(began) * speed.Factor >= sinceFirst;

    private void Add(PositionsAnswer a) =>
        Sum = new PositionsAnswer(
            Sum.Received + a.Received, Sum.Accepted + a.Accepted, Sum.Moved + a.Moved, Sum.Older + a.Older, Sum.Repeated + a.Repeated,
            Sum.Future + a.Future, Sum.Jumps + a.Jumps, Sum.Outside + a.Outside, Sum.Refused + a.Refused,
            Sum.Reasons.Count >= TrackFile.FaultsKept ? Sum.Reasons : [.. Sum.Reasons.Concat(a.Reasons).Take(TrackFile.FaultsKept)]);
}

using System.Globalization;

namespace Situational.Storage.Upkeep;

/// <summary>Says how far a stream has come, at most once a second.</summary>
internal sealed class UpkeepProgress(string doing, ArchiveCounts all, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private long _said = time.GetTimestamp();

    /// <summary>Says it if it was not said for a while.</summary>
    public void Say(StoreSum seen)
    {
        if (time.GetElapsedTime(_said) < Pause)
            return;
        _said = time.GetTimestamp();
        SayNow(seen);
    }

    /// <summary>Says it.</summary>
    public void SayNow(StoreSum seen) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{doing}: {seen.Grids:N0} of {all.Grids:N0} grids, {seen.Events:N0} of {all.Events:N0} events, {(all.Items == 0 ? 100 : Math.Min(100, seen.Items * 100 / all.Items))} %"));
}

using System.Diagnostics.Metrics;

namespace Situational.Host.Feed;

/// <summary>Instruments of the feed, on the meter <c>Situational.Host</c>.</summary>
internal static class FeedMeter
{
    private static readonly Meter Meter = new("Situational.Host");

    private static WeakReference<LiveView>? _view;

    public static readonly Counter<long> Frames = Meter.CreateCounter<long>("situational.feed.frames", "{frame}", "Deltas cut, over all channels.");

    public static readonly Counter<long> Snapshots = Meter.CreateCounter<long>("situational.feed.snapshots", "{frame}", "Snapshots built.");

    public static readonly Counter<long> Gaps = Meter.CreateCounter<long>("situational.feed.gaps", "{change}", "Changes of grids that could not be merged because one before them is missing.");

    public static readonly Counter<long> Resyncs = Meter.CreateCounter<long>("situational.feed.resyncs", "{message}", "Messages of silos that did not follow their last one.");

    public static readonly Counter<long> Refused = Meter.CreateCounter<long>("situational.feed.refused", "{request}", "Connections and watches refused.");

    /// <summary>Reports the screens and channels of the node's live view.</summary>
    public static void Observe(LiveView view)
    {
        if (Interlocked.Exchange(ref _view, new WeakReference<LiveView>(view)) is not null)
            return;
        Meter.CreateObservableGauge("situational.feed.screens", static () => Present()?.Screens ?? 0, "{screen}", "Watches at present.");
        Meter.CreateObservableGauge("situational.feed.channels", static () => Present()?.Channels ?? 0, "{channel}", "Channels at present.");
    }

    private static LiveView? Present() => _view is { } view && view.TryGetTarget(out var target) ? target : null;
}

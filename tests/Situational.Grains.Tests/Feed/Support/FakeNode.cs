using Situational.Grains.Messages;

namespace Situational.Grains.Tests.Feed.Support;

/// <summary>A web node that keeps what it is sent, and can be slow or broken.</summary>
internal sealed class FakeNode(TimeProvider time) : ILiveViewObserver
{
    private readonly Lock _gate = new();
    private readonly List<(FeedMessage Message, long At)> _heard = [];
    private TaskCompletionSource? _stuck;

    /// <summary>Called with each message before it is kept; an exception here is the node's.</summary>
    public Action<FeedMessage>? Receiving { get; set; }

    public int MostAtOnce { get; private set; }

    private int AtOnce { get; set; }

    public List<(FeedMessage Message, long At)> Heard
    {
        get
        {
            lock (_gate)
                return [.. _heard];
        }
    }

    /// <summary>Messages that carry changes.</summary>
    public List<(FeedMessage Message, long At)> WithChanges => [.. Heard.Where(h => !h.Message.Changes.IsEmpty)];

    public async Task OnFeedAsync(FeedMessage message)
    {
        Task stuck;
        lock (_gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++AtOnce);
            stuck = _stuck?.Task ?? Task.CompletedTask;
        }
        try
        {
            await stuck;
            lock (_gate)
            {
                Receiving?.Invoke(message);
                _heard.Add((message, time.GetTimestamp()));
            }
        }
        finally
        {
            lock (_gate)
                AtOnce--;
        }
    }

    public void Stick()
    {
        lock (_gate)
            _stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Loosen()
    {
        lock (_gate)
        {
            _stuck?.TrySetResult();
            _stuck = null;
        }
    }
}

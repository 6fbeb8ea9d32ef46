using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Embedded.Tests.Grains;

/// <summary>Hears what is posted on a board.</summary>
internal interface IReader : IGrainObserver
{
    Task OnPostedAsync(string text);

    [OneWay]
    Task OnShoutedAsync(string text);
}

/// <summary>A reader with a name, as a member of messages.</summary>
[GenerateSerializer, Immutable, Alias("board.subscription")]
internal sealed record Subscription([property: Id(0)] string Name, [property: Id(1)] IReader Reader);

/// <summary>A list of subscriptions.</summary>
[GenerateSerializer, Immutable, Alias("board.subscriptions")]
internal sealed record Subscriptions([property: Id(0)] ImmutableArray<Subscription> All);

/// <summary>A board that tells its readers.</summary>
internal interface IBoardGrain : IGrainWithStringKey
{
    Task SubscribeAsync(Subscription subscription);

    Task<bool> KnowsAsync(IReader reader);

    Task<Subscriptions> ListAsync();

    /// <summary>Tells every reader and waits for them; returns how many failed.</summary>
    Task<int> PostAsync(string text);

    /// <summary>Tells every reader and waits for none.</summary>
    Task ShoutAsync(string text);

    Task<IBoardGrain> SelfAsync();

    Task<bool> IsAsync(IBoardGrain board);
}

internal sealed class BoardGrain : Grain, IBoardGrain
{
    private readonly Dictionary<string, Subscription> _subscriptions = [];

    public Task SubscribeAsync(Subscription subscription)
    {
        _subscriptions[subscription.Name] = subscription;
        return Task.CompletedTask;
    }

    public Task<bool> KnowsAsync(IReader reader) => Task.FromResult(_subscriptions.Values.Any(subscription => subscription.Reader.Equals(reader)));

    public Task<Subscriptions> ListAsync() => Task.FromResult(new Subscriptions([.. _subscriptions.Values]));

    public async Task<int> PostAsync(string text)
    {
        var failed = 0;
        foreach (var subscription in _subscriptions.Values)
        {
            try
            {
                await subscription.Reader.OnPostedAsync(text);
            }
            catch (Exception)
            {
                failed++;
            }
        }

        return failed;
    }

    public async Task ShoutAsync(string text)
    {
        foreach (var subscription in _subscriptions.Values)
            await subscription.Reader.OnShoutedAsync(text);
    }

    public Task<IBoardGrain> SelfAsync() => Task.FromResult(this.AsReference<IBoardGrain>());

    public Task<bool> IsAsync(IBoardGrain board) => Task.FromResult(board.Equals(this.AsReference<IBoardGrain>()) && board.GetPrimaryKeyString() == this.GetPrimaryKeyString());
}

using System.Runtime.CompilerServices;
using Orleans.Configuration;
using Orleans.Embedded.Tests.Grains;
using Orleans.Testing;

namespace Orleans.Embedded.Tests;

public sealed class ReferenceTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync() =>
        _silo = await Silos.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(2)));

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public void References_ToTheSameGrain_AreEqual()
    {
        var (one, same, other) = (_silo.Get<IBoardGrain>("one"), _silo.Get<IBoardGrain>("one"), _silo.Get<IBoardGrain>("other"));

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
        Assert.Equal(2, new HashSet<object> { one, same, other }.Count);
        Assert.Equal("other", other.GetPrimaryKeyString());
    }

    [Fact]
    public void References_ToDifferentKindsOfTheSameKey_Differ() =>
        Assert.False(_silo.Get<IBoardGrain>("one").Equals(_silo.Get<ICounterGrain>("one")));

    [Fact]
    public async Task References_SentAround_StayTheSame()
    {
        var one = _silo.Get<IBoardGrain>("one");

        Assert.Equal(one, await one.SelfAsync());
        Assert.True(await one.IsAsync(one));
        Assert.False(await one.IsAsync(_silo.Get<IBoardGrain>("other")));
    }

    [Fact]
    public void Grain_ThatNoClassImplements_IsRefused() =>
        Assert.Throws<ArgumentException>(() => _silo.Get<INobodysGrain>("one"));

    [Fact]
    public async Task Observer_InAMessage_IsCalledAndRecognised()
    {
        var board = _silo.Get<IBoardGrain>("one");
        var reader = new Reader();
        var reference = _silo.Grains.CreateObjectReference<IReader>(reader);
        await board.SubscribeAsync(new Subscription("first", reference));

        Assert.Equal(0, await board.PostAsync("hello"));

        Assert.Equal(["hello"], reader.Heard);
        Assert.True(await board.KnowsAsync(reference));
        Assert.False(await board.KnowsAsync(_silo.Grains.CreateObjectReference<IReader>(new Reader())));
        Assert.Equal(reference, Assert.Single((await board.ListAsync()).All).Reader);
        GC.KeepAlive(reader);
    }

    [Fact]
    public async Task Observers_OneOfWhichFails_AreAllCalled()
    {
        var board = _silo.Get<IBoardGrain>("one");
        Reader[] readers = [new(), new() { Fails = true }, new()];
        for (var i = 0; i < readers.Length; i++)
            await board.SubscribeAsync(new Subscription($"{i}", _silo.Grains.CreateObjectReference<IReader>(readers[i])));

        Assert.Equal(1, await board.PostAsync("hello"));

        Assert.All(readers, reader => Assert.Equal(["hello"], reader.Heard));
        GC.KeepAlive(readers);
    }

    [Fact]
    public async Task Observer_CalledOneWay_HearsInOrderOneAtATime()
    {
        var board = _silo.Get<IBoardGrain>("one");
        var reader = new Reader();
        await board.SubscribeAsync(new Subscription("first", _silo.Grains.CreateObjectReference<IReader>(reader)));

        for (var i = 0; i < 100; i++)
            await board.ShoutAsync($"{i}");

        await Wait.Until(() => reader.Count == 100, "all that was shouted");
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), reader.Heard);
        Assert.Equal(1, reader.MostAtOnce);
        GC.KeepAlive(reader);
    }

    [Fact]
    public async Task Observer_Deleted_IsNotCalledAndTheCallTimesOut()
    {
        var board = _silo.Get<IBoardGrain>("one");
        var reader = new Reader();
        var reference = _silo.Grains.CreateObjectReference<IReader>(reader);

        _silo.Grains.DeleteObjectReference<IReader>(reference);

        await Assert.ThrowsAsync<TimeoutException>(() => reference.OnPostedAsync("hello"));
        Assert.Empty(reader.Heard);
        GC.KeepAlive(reader);
    }

    [Fact]
    public async Task Observer_ThatNobodyKeeps_IsNotKeptByItsReference()
    {
        var (reference, weak) = Forgotten();

        await Wait.Until(
            () =>
            {
                GC.Collect();
                return !weak.IsAlive;
            },
            "the observer's end");

        await Assert.ThrowsAsync<TimeoutException>(() => reference.OnPostedAsync("hello"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (IReader Reference, WeakReference Weak) Forgotten()
    {
        var reader = new Reader();
        return (_silo.Grains.CreateObjectReference<IReader>(reader), new WeakReference(reader));
    }

    private sealed class Reader : IReader
    {
        private readonly List<string> _heard = [];
        private int _inside;

        public bool Fails { get; init; }

        public int MostAtOnce { get; private set; }

        public IReadOnlyList<string> Heard
        {
            get
            {
                lock (_heard)
                    return [.. _heard];
            }
        }

        public int Count => Heard.Count;

        public async Task OnPostedAsync(string text)
        {
            await OnShoutedAsync(text);
            if (Fails)
                throw new InvalidOperationException("this reader fails");
        }

        public async Task OnShoutedAsync(string text)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
            await Task.Yield();
            lock (_heard)
                _heard.Add(text);
            Interlocked.Decrement(ref _inside);
        }
    }
}

/// <summary>An interface without a class.</summary>
internal interface INobodysGrain : IGrainWithStringKey;

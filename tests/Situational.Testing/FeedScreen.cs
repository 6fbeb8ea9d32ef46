using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Situational.Contracts.Feed;

namespace Situational.Testing;

/// <summary>
/// A screen without a browser: watches the hub over a real socket, applies frames as docs/feed.md says, watches again with
/// <c>since</c> when it lost the thread, and comes back when the connection is lost. Safe for all threads.
/// </summary>
public sealed class FeedScreen : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly FeedScreenOptions _options;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly FeedPicture _picture = new();
    private HubConnection? _connection;
    private Task _running = Task.CompletedTask;
    private TaskCompletionSource _changed = New();
    private TaskCompletionSource _flowing = Done();
    private int _invocations;

    private FeedScreen(FeedScreenOptions options) => _options = options;

    /// <summary>Called with each frame and its <see cref="Stopwatch.GetTimestamp"/> of arrival, before it is applied.</summary>
    public Action<JsonElement, long>? Received { get; set; }

    /// <summary>Connections made.</summary>
    public int Connections { get; private set; }

    /// <summary>Watches made.</summary>
    public int Watches => Volatile.Read(ref _invocations);

    /// <summary>Why the last watch or connection ended, or null.</summary>
    public string? LastError { get; private set; }

    /// <summary>Starts watching; returns at once.</summary>
    public static FeedScreen Start(FeedScreenOptions options, Action<JsonElement, long>? received = null)
    {
        var screen = new FeedScreen(options) { Received = received };
        screen._running = Task.Run(screen.RunAsync);
        return screen;
    }

    /// <summary>Starts watching and waits for the first snapshot.</summary>
    public static async Task<FeedScreen> StartAsync(FeedScreenOptions options, Action<JsonElement, long>? received = null, CancellationToken cancellationToken = default)
    {
        var screen = Start(options, received);
        try
        {
            await screen.WaitAsync(p => p.Snapshots > 0, cancellationToken: cancellationToken);
            return screen;
        }
        catch
        {
            await screen.DisposeAsync();
            throw;
        }
    }

    /// <summary>Looks at the picture while it holds still.</summary>
    public T Look<T>(Func<FeedPicture, T> look)
    {
        lock (_gate)
            return look(_picture);
    }

    /// <summary>Waits until the picture is as asked; throws <see cref="TimeoutException"/> after a generous deadline, 60 s by default.</summary>
    public async Task WaitAsync(Func<FeedPicture, bool> condition, TimeSpan? deadline = null, CancellationToken cancellationToken = default)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition(_picture))
                    return;
                changed = _changed.Task;
            }
            var rest = (deadline ?? Deadline) - Stopwatch.GetElapsedTime(begun);
            if (rest <= TimeSpan.Zero)
                throw new TimeoutException($"The picture did not become as asked. Last error: {LastError ?? "none"}. {Look(p => $"revision {p.Revision}, {p.Snapshots} snapshots, {p.Deltas} deltas, {p.Beats} beats, troubles {string.Join(", ", p.Troubles)}")}");
            try
            {
                await changed.WaitAsync(rest, cancellationToken);
            }
            catch (TimeoutException)
            {
                // The loop says what was waited for.
            }
        }
    }

    /// <summary>Waits until the screen's own end: a refused watch, or a lost connection when it does not come back.</summary>
    public Task EndAsync(CancellationToken cancellationToken = default) => _running.WaitAsync(Deadline, cancellationToken);

    /// <summary>Cuts the socket without a word.</summary>
    public void Cut()
    {
        lock (_gate)
            _connection?.Cut();
    }

    /// <summary>Stops reading the socket, as a machine that hangs would; pings still go out.</summary>
    public void Stall()
    {
        lock (_gate)
            if (_flowing.Task.IsCompleted)
                _flowing = New();
    }

    /// <summary>Reads on after <see cref="Stall"/>.</summary>
    public void Resume()
    {
        lock (_gate)
            _flowing.TrySetResult();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        Resume();
        Cut();
        await _running;
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await ConnectAndReadAsync();
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                LastError = exception.Message;
            }
            if (!_options.Reconnect || _ended.IsCancellationRequested)
                return;
            await Task.Delay(Random.Shared.Next(20, 200));
        }
    }

    private async Task ConnectAndReadAsync()
    {
        await using var connection = new HubConnection(_options.ReceiveBufferBytes);
        lock (_gate)
            _connection = connection;
        var hub = new Uri(_options.Server, FeedNames.HubPath);
        if (_options.Key is { } key)
            await connection.OpenAsync(hub, "Authorization", "Bearer " + key, _ended.Token);
        else if (_options.Cookie is { } cookie)
            await connection.OpenAsync(hub, "Cookie", cookie, _ended.Token);
        else
            await connection.OpenAsync(hub, _options.Ticket, _ended.Token);
        await connection.ShakeHandsAsync(_ended.Token);
        Connections++;
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        var pinging = PingAsync(connection, closed.Token);
        try
        {
            var invocation = await WatchAsync(connection);
            while (true)
            {
                await Flowing();
                using var message = await connection.ReceiveAsync(_ended.Token);
                if (message is null)
                    return;
                if (!Take(message.RootElement, invocation, out var again))
                    return;
                if (again)
                {
                    await connection.SendAsync($$"""{"type":5,"invocationId":"{{invocation}}"}""", _ended.Token);
                    invocation = await WatchAsync(connection);
                }
            }
        }
        finally
        {
            await closed.CancelAsync();
            await pinging;
        }
    }

    private Task Flowing()
    {
        lock (_gate)
            return _flowing.Task;
    }

    private async Task<string> WatchAsync(HubConnection connection)
    {
        var invocation = $"{Interlocked.Increment(ref _invocations)}";
        var request = _options.Request with { Since = Look(p => p.Cursor) };
        var json = JsonSerializer.Serialize(request, JsonSerializerOptions.Web);
        await connection.SendAsync($$"""{"type":4,"invocationId":"{{invocation}}","target":"{{FeedNames.WatchMethod}}","arguments":[{{json}}]}""", _ended.Token);
        return invocation;
    }

    // False when the server ended the watch or the connection.
    private bool Take(JsonElement message, string invocation, out bool again)
    {
        again = false;
        var type = message.GetProperty("type").GetInt32();
        var own = message.TryGetProperty("invocationId", out var id) && id.GetString() == invocation;
        switch (type)
        {
            case 2 when own:
                var frame = message.GetProperty("item");
                Received?.Invoke(frame, Stopwatch.GetTimestamp());
                TaskCompletionSource changed;
                lock (_gate)
                {
                    _picture.Apply(frame);
                    again = _picture.Lost;
                    changed = _changed;
                    _changed = New();
                }
                changed.TrySetResult();
                return true;
            case 3 when own:
            case 7:
                LastError = message.TryGetProperty("error", out var error) ? error.GetString() : "ended by the server";
                return false;
            default:
                return true;
        }
    }

    private static async Task PingAsync(HubConnection connection, CancellationToken closed)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(8), closed);
                await connection.SendAsync("""{"type":6}""", closed);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The reader sees the end of the connection, too, and deals with it.
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Done()
    {
        var done = New();
        done.SetResult();
        return done;
    }
}

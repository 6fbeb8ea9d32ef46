using System.Collections.Concurrent;
using Situational.Host.Api;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.History;

/// <summary>Lets in as many questions about the past as may be worked on at once, and none for ever. Safe for all threads.</summary>
internal sealed class PastGate(PastOptions options, TimeProvider time)
{
    private readonly InFlightGate _gate = new(options.MaxRequests);
    private readonly ConcurrentDictionary<(string Who, string? From), bool> _playing = new();

    /// <summary>Answers a question.</summary>
    public async Task<IResult> WithinAsync(HttpContext context, Func<CancellationToken, Task<IResult>> work)
    {
        if (!_gate.TryEnter())
            return Problems.Unavailable(context, "Too many questions about the past at once.", 1);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.MaxSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        try
        {
            return await work(both.Token);
        }
        catch (PastRefusedException refused)
        {
            return HistoryApi.Refuse(refused);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            throw new TimeoutException("Reading the past took too long.");
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Answers a question whose answer is as long in coming as its reader is slow: one at a time for each identity and address.</summary>
    public async Task<IResult> PlayingAsync(HttpContext context, Func<CancellationToken, Task<IResult>> work)
    {
        var player = (Caller.IdOf(context), Caller.AddressOf(context));
        if (!_playing.TryAdd(player, true))
            return Problems.Unavailable(context, "The past is being played from here already.", 1);
        try
        {
            return await WithinAsync(context, work);
        }
        finally
        {
            _playing.TryRemove(player, out _);
        }
    }
}

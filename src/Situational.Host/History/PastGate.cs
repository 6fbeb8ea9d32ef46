using System.Collections.Concurrent;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Situational.Host.Api;
using Situational.Host.Identity;
using Situational.Host.Ingest;

namespace Situational.Host.History;

/// <summary>Lets in as many questions about the past as may be worked on at once, and none for ever. Safe for all threads.</summary>
internal sealed class PastGate(PastOptions options, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly InFlightGate _gate = new(options.MaxRequests);
    private readonly InFlightGate _players = new(Math.Max(1, options.MaxRequests / 2));
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

    /// <summary>
    /// Answers a question whose answer is as long in coming as its reader is slow: one at a time for each identity and address, half of the
    /// places for all of them, so that slow readers leave the others to who asks for a moment, and none for who takes next to nothing.
    /// </summary>
    public async Task<IResult> PlayingAsync(HttpContext context, Func<CancellationToken, Task<IResult>> work)
    {
        var player = (Caller.IdOf(context), Caller.AddressOf(context));
        if (!_playing.TryAdd(player, true))
            return Problems.Unavailable(context, "The past is being played from here already.", 1);
        try
        {
            if (!_players.TryEnter())
                return Problems.Unavailable(context, "The past is being played by too many at once.", 1);
            try
            {
                if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } pace)
                    pace.MinDataRate = new MinDataRate(options.MinBytesPerSecond, Grace);
                return await WithinAsync(context, work);
            }
            finally
            {
                _players.Leave();
            }
        }
        finally
        {
            _playing.TryRemove(player, out _);
        }
    }
}

using Microsoft.Extensions.Logging;
using Situational.Domain.Cases;
using Situational.Grains.Messages;

namespace Situational.Grains.Grids;

/// <summary>Offers what a grid owes to other grids, a few at a time, until each has taken or refused it.</summary>
/// <remarks>
/// No turn of a grid ever waits for another grid: two that offered to each other from their turns would both wait for a turn that the other
/// cannot give. The offers run beside the turns, on the activation's scheduler. Their continuations may run while a turn waits for the
/// journal, so they touch nothing but the lists here; what was answered is journaled by a turn of its own, for which
/// <paramref name="answered"/> asks. An answer that is lost with its activation is asked for again: the offer stands in the journal until
/// its end does, and the other grid knows what it has taken.
/// </remarks>
/// <param name="grid">Code of the grid that owes.</param>
/// <param name="gridOf">The grid of a code.</param>
/// <param name="answered">Called when answers wait, or when offers have to be repeated.</param>
/// <param name="clock">The silo's clock.</param>
/// <param name="log">Logs failures.</param>
internal sealed partial class GridHandovers(string grid, Func<string, IGridGrain> gridOf, Action answered, SituationClock clock, ILogger log)
{
    private const int AtOnce = 8;
    private const long AgainAfterMs = 2_000;

    private readonly Dictionary<string, (Handover Owed, bool Taken)> _answers = new(StringComparer.Ordinal);
    private readonly Queue<KeyValuePair<string, Handover>> _toOffer = new();
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly HashSet<string> _later = new(StringComparer.Ordinal);
    private int _callers;
    private long? _againAt;
    private bool _stopped;

    /// <summary>In how many milliseconds this has work for a turn: 0 for answers, more for offers to repeat; null for none.</summary>
    public long? WorkInMs => _answers.Count > 0 ? 0 : _againAt is { } at ? Math.Max(0, at - clock.SteadyMs) : null;

    /// <summary>Offers what is not being offered, has not been answered, and was not put off a moment ago.</summary>
    public void Offer(GridState state)
    {
        if (_againAt <= clock.SteadyMs)
        {
            _againAt = null;
            _later.Clear();
        }
        foreach (var owed in state.Outbound)
            if (!_answers.ContainsKey(owed.Key) && !_later.Contains(owed.Key) && _underWay.Add(owed.Key))
                _toOffer.Enqueue(owed);
        while (_callers < AtOnce && _toOffer.Count > 0)
        {
            _callers++;
            _ = CallAsync();
        }
    }

    /// <summary>
    /// Takes out answers to be journaled, at most so many. An answer to a handover that is over is dropped: the case may have come back and be
    /// on its way again, and that handover has an answer of its own.
    /// </summary>
    public List<GridCommand> TakeAnswers(GridState state, int most)
    {
        var ends = new List<GridCommand>(Math.Min(most, _answers.Count));
        var over = new List<string>();
        foreach (var (caseId, (owed, taken)) in _answers)
        {
            if (ends.Count == most)
                break;
            if (state.Outbound.TryGetValue(caseId, out var now) && Same(now, owed))
                ends.Add(new GridCommand.EndHandover(caseId, taken));
            else
                over.Add(caseId);
        }
        foreach (var caseId in over)
            _answers.Remove(caseId);
        return ends;
    }

    /// <summary>Those answers are in the journal.</summary>
    public void Forget(List<GridCommand> ends)
    {
        foreach (var end in ends)
            _answers.Remove(((GridCommand.EndHandover)end).CaseId);
    }

    /// <summary>Offers nothing more.</summary>
    public void Stop() => _stopped = true;

    private async Task CallAsync()
    {
        while (!_stopped && _toOffer.TryDequeue(out var owed))
        {
            var verdict = await AskAsync(owed.Value);
            _underWay.Remove(owed.Key);
            if (verdict == HandoverVerdict.Later)
            {
                _later.Add(owed.Key);
                _againAt ??= clock.SteadyMs + AgainAfterMs;
            }
            else
            {
                _answers[owed.Key] = (owed.Value, verdict == HandoverVerdict.Taken);
            }
            if (!_stopped)
                answered();
        }
        _callers--;
    }

    private static bool Same(Handover one, Handover other) =>
        one.Kind == other.Kind && one.ToGrid == other.ToGrid && one.Case.Hops == other.Case.Hops && one.Case.Revision == other.Case.Revision;

    private async Task<HandoverVerdict> AskAsync(Handover owed)
    {
        try
        {
            return await gridOf(owed.ToGrid).TakeOverAsync(owed.ToMessage(grid), CancellationToken.None);
        }
        catch (Exception fault)
        {
            if (!_stopped)
                LogUnanswered(fault, grid, owed.Case.Id, owed.ToGrid);
            return HandoverVerdict.Later;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grid {Grid}: case {Case} was offered to grid {Other}, which did not answer; it is offered again.")]
    private partial void LogUnanswered(Exception fault, string grid, string @case, string other);
}

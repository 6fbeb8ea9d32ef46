using System.Runtime.CompilerServices;

namespace Situational.Domain.Patrols;

/// <summary>
/// The end of one unit's trail: says which fixes belong to it, those that come late included. It remembers the last <see cref="Remembered"/>
/// points that were kept, so a backlog that comes in order, from either side, is thinned against its own points and those around it; of
/// one that comes in no order more is kept than needed. A value that changes: to be held in a field and passed by reference.
/// </summary>
public struct TrailEnd
{
    /// <summary>How many points are remembered.</summary>
    public const int Remembered = 8;

    // The one that every fix is held against comes first, near to what else every fix needs of its unit.
    private TrailMark _newest;
    private int _next;
    private Marks _marks;

    /// <summary>The newest point by time; one that does not exist before the first.</summary>
    public readonly TrailMark Newest => _newest;

    /// <summary>Whether a fix of that time comes so soon after the newest point that it is not kept, wherever it lies.</summary>
    /// <param name="atMs">Its time, milliseconds since 1970.</param>
    /// <param name="rules">What is apart.</param>
    public readonly bool IsTooSoon(long atMs, in TrailRules rules) => atMs >= _newest.AtMs && atMs - _newest.AtMs < rules.MinMs;

    /// <summary>Judges a fix, and remembers it if it is kept.</summary>
    /// <param name="mark">The fix.</param>
    /// <param name="rules">What is apart.</param>
    /// <param name="always">Keep the newest one also if it is not apart: something else happened there.</param>
    /// <param name="before">The neighbour before it, if one is known.</param>
    /// <param name="after">The neighbour after it, if one is known.</param>
    /// <returns>Whether it is kept.</returns>
    public bool Keep(in TrailMark mark, in TrailRules rules, bool always, out TrailMark before, out TrailMark after)
    {
        before = _newest;
        after = default;
        if (mark.AtMs > _newest.AtMs)
        {
            if (_newest.Exists && !always && !rules.AreApart(in _newest, in mark))
                return false;
            _newest = mark;
        }
        else
        {
            FindNeighbours(mark.AtMs, out before, out after);
            if (before.AtMs == mark.AtMs || (before.Exists && !rules.AreApart(in before, in mark)) || !rules.AreApart(in mark, in after))
                return false;
        }
        _marks[_next] = mark;
        _next = (_next + 1) % Remembered;
        return true;
    }

    private readonly void FindNeighbours(long atMs, out TrailMark before, out TrailMark after)
    {
        before = default;
        after = _newest;
        // Of the newest's own time: it is the neighbour before, and nothing comes after.
        if (after.AtMs == atMs)
            before = after;
        for (var i = 0; i < Remembered; i++)
        {
            var mark = _marks[i];
            if (mark.AtMs > before.AtMs && mark.AtMs <= atMs)
                before = mark;
            else if (mark.AtMs > atMs && mark.AtMs < after.AtMs)
                after = mark;
        }
    }

    [InlineArray(Remembered)]
    private struct Marks
    {
        private TrailMark _first;
    }
}

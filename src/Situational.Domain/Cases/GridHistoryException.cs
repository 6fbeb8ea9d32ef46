namespace Situational.Domain.Cases;

/// <summary>A grid's history contradicts itself: an event names a case that it cannot concern. The store is damaged at that place.</summary>
public sealed class GridHistoryException : Exception
{
    /// <summary>Names the place.</summary>
    /// <param name="grid">The grid's code.</param>
    /// <param name="version">Number of the event in the grid's history, from 1.</param>
    /// <param name="fault">What is wrong with it.</param>
    public GridHistoryException(string grid, long version, string fault)
        : base($"Event {version} of grid {grid}: {fault}")
    {
        Grid = grid;
        Version = version;
    }

    /// <summary>The grid's code.</summary>
    public string Grid { get; }

    /// <summary>Number of the event, from 1.</summary>
    public long Version { get; }
}

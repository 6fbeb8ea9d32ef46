namespace Situational.Domain.Journal;

/// <summary>What the journal holds is not what was written: a checksum, an order or a shape is wrong. Trying again does not help.</summary>
public sealed class JournalDamagedException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="file">The journal's file.</param>
    /// <param name="grid">Code of the grid whose history is damaged, or null when something else is.</param>
    /// <param name="version">The damaged version of that grid, or null when it cannot be told.</param>
    /// <param name="damage">What is wrong, as the end of a sentence.</param>
    /// <param name="inner">The cause, if any.</param>
    public JournalDamagedException(string file, string? grid, long? version, string damage, Exception? inner = null)
        : base(Describe(file, grid, version, damage), inner)
    {
        File = file;
        Grid = grid;
        Version = version;
    }

    /// <summary>The journal's file.</summary>
    public string File { get; }

    /// <summary>Code of the grid whose history is damaged, or null when something else is.</summary>
    public string? Grid { get; }

    /// <summary>The damaged version of <see cref="Grid"/>, from 1; null when it cannot be told.</summary>
    public long? Version { get; }

    private static string Describe(string file, string? grid, long? version, string damage) => (grid, version) switch
    {
        (null, _) => $"The journal {file} is damaged: {damage}.",
        (_, null) => $"The journal {file} is damaged in the history of grid {grid}: {damage}.",
        _ => $"The journal {file} is damaged at version {version} of grid {grid}: {damage}.",
    };
}

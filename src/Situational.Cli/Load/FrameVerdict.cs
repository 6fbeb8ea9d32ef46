namespace Situational.Cli.Load;

/// <summary>What a screen makes of a record.</summary>
internal enum FrameVerdict
{
    /// <summary>No frame of the present watch.</summary>
    None,

    /// <summary>A snapshot that was applied.</summary>
    Snapshot,

    /// <summary>A delta that was applied.</summary>
    Delta,

    /// <summary>A beat that fits.</summary>
    Beat,

    /// <summary>It builds on another frame than the last: watch again with <c>since</c>.</summary>
    Gap,

    /// <summary>The grids give another digest: watch again from the beginning.</summary>
    WrongDigest,

    /// <summary>A revision that does not rise: watch again from the beginning.</summary>
    Breach,

    /// <summary>The server ended the watch or the connection.</summary>
    Ended,
}

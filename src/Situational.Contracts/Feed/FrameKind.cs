namespace Situational.Contracts.Feed;

/// <summary>Values of a frame's <c>kind</c>.</summary>
public static class FrameKind
{
    /// <summary>The whole picture of the watched area; replaces what the screen has.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>What changed since <c>previous</c>; rows replace rows with the same id.</summary>
    public const string Delta = "delta";

    /// <summary>Nothing changed; says that the feed lives. Sent after 2 s of silence.</summary>
    public const string Beat = "beat";
}

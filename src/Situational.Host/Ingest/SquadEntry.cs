namespace Situational.Host.Ingest;

/// <summary>A squad as the directory knows it. Safe for all threads.</summary>
internal sealed class SquadEntry(string id)
{
    private int _announced;

    /// <summary>The squad's id.</summary>
    public string Id { get; } = id;

    /// <summary>Its units, known or waiting for their enrolment. Guarded by the directory's gate.</summary>
    public int Units { get; set; }

    /// <summary>True for the one caller that shall tell the city of the squad.</summary>
    public bool ClaimAnnouncement() => Volatile.Read(ref _announced) == 0 && Interlocked.Exchange(ref _announced, 1) == 0;

    /// <summary>Gives the claim back after the city could not be told.</summary>
    public void ReleaseAnnouncement() => Volatile.Write(ref _announced, 0);
}

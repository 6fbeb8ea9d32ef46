namespace Situational.Testing;

/// <summary>How a <see cref="HostProcess"/> is started.</summary>
public sealed record HostProcessOptions
{
    /// <summary>Data folder; null for a temporary one that is removed on dispose.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Folder of another build of the host; null for the one that was built beside the tests.</summary>
    public string? ProgramFolder { get; init; }

    /// <summary>Port on 127.0.0.1; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Arguments after <c>--urls</c> and <c>--data</c>, such as <c>--Situational:Ingest:Enrolment=Refuse</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables on top of the test's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the host may take until <c>/health</c> answers. Generous: the machine may be busy.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);
}

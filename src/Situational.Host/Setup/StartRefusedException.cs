namespace Situational.Host.Setup;

/// <summary>The host cannot start for a reason that its operator can mend; the message is one clear line.</summary>
internal sealed class StartRefusedException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The port is taken.</summary>
    public const int PortInUse = 2;

    /// <summary>The data folder cannot be written or is in use.</summary>
    public const int DataFolder = 3;

    /// <summary>A setting is invalid or unsafe.</summary>
    public const int Settings = 4;

    /// <summary>The cluster cannot be joined.</summary>
    public const int Cluster = 5;

    /// <summary>What the process returns.</summary>
    public int ExitCode { get; } = exitCode;
}

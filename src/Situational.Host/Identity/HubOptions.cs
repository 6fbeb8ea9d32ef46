namespace Situational.Host.Identity;

/// <summary>Who may open the hub, section <c>Situational:Hub</c>.</summary>
internal sealed class HubOptions
{
    /// <summary>The section these settings are read from.</summary>
    public const string Section = "Situational:Hub";

    /// <summary>Origins beside our own whose pages may open the hub, such as <c>https://wall.example.org</c>. Default: none.</summary>
    public string[] AllowedOrigins { get; set; } = [];
}

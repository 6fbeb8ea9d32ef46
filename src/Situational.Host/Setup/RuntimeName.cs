namespace Situational.Host.Setup;

/// <summary>The runtime that the grains run on.</summary>
internal static class RuntimeName
{
#if ORLEANS_EMBEDDED
    /// <summary><c>embedded</c> or <c>orleans</c>.</summary>
    public const string Value = "embedded";
#else
    /// <summary><c>embedded</c> or <c>orleans</c>.</summary>
    public const string Value = "orleans";
#endif
}

using System.ComponentModel.DataAnnotations;

namespace Situational.Host.Identity;

/// <summary>The configured ingest key, section <c>Situational:Ingest</c>.</summary>
internal sealed class IngestKeyOptions
{
    /// <summary>The section it is read from.</summary>
    public const string Section = "Situational:Ingest";

    /// <summary>Shortest key that is accepted, in characters.</summary>
    public const int MinLength = 24;

    /// <summary>The key, 24 to 200 characters. Default: none; one is made in the data folder, file <c>ingest.key</c>.</summary>
    [StringLength(200, MinimumLength = MinLength, ErrorMessage = "Situational:Ingest:Key must have 24 to 200 characters.")]
    public string? Key { get; set; }
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Situational.Storage.Rows;

/// <summary>How stored values are written and read.</summary>
internal static class Stored
{
    /// <summary>Chinese stays as it is instead of six bytes a character; the text never meets HTML.</summary>
    public static readonly StoredJson Json = new(new JsonSerializerOptions(StoredJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = null,
    });
}

namespace Situational.Host.Ingest;

/// <summary>Reads the photos that a report or a result names: ids of photos that were sent before, or addresses.</summary>
internal static class PhotoFields
{
    /// <summary>Most photos of one report or result.</summary>
    public const int MaxPhotos = 9;

    private const int MaxAddress = 2_000;
    private const int IdLength = 64;

    /// <summary>The photos; empty when none are given. Whether those with an id are there is not asked here.</summary>
    public static List<string> Read(JsonFields fields, string name = "photos")
    {
        var photos = new List<string>();
        if (fields.Array(name, MaxPhotos) is not { } array)
            return photos;
        var index = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (JsonFields.Text(element) is { } photo && (IsId(photo) || IsAddress(photo)))
                photos.Add(photo);
            else
                fields.Refuse(
                    $"{name}[{index}]",
                    $"Must be an id that POST /api/v1/photos gave, or an absolute http or https address of at most {MaxAddress} characters.");
            index++;
        }
        return photos;
    }

    /// <summary>Whether it has the form of a photo's id: SHA-256 in lower-case hexadecimal.</summary>
    public static bool IsId(string text) => text.Length == IdLength && text.All(char.IsAsciiHexDigitLower);

    private static bool IsAddress(string text) =>
        text.Length <= MaxAddress && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https" && PlainText.IsFit(text);
}

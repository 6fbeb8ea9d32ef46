using System.Text.Json;

namespace Situational.Domain.Configuration;

/// <summary>Opens a file of configuration and collects what is wrong with it; bounded.</summary>
internal sealed class ConfigurationFile(string name)
{
    /// <summary>Largest file, bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Most faults listed one by one.</summary>
    public const int MaxFaults = 100;

    private static readonly JsonDocumentOptions JsonOptions = new()
    {
        MaxDepth = 16,
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly List<ConfigurationFault> _faults = [];
    private int _unlisted;

    public bool HasFaults => _faults.Count > 0;

    public IReadOnlyList<ConfigurationFault> Faults =>
        _unlisted == 0 ? _faults : [.. _faults, new(name, "", "more-faults", $"{_unlisted} more faults are not listed.")];

    public void Refuse(string path, string reason, string text)
    {
        if (_faults.Count < MaxFaults)
            _faults.Add(new(name, path, reason, text));
        else
            _unlisted++;
    }

    /// <summary>A file that comes with the program.</summary>
    public static byte[] Embedded(string name)
    {
        using var stream = typeof(ConfigurationFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program comes without its file {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads the file's object; null, with the reason among the faults, if there is none.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="utf8">The file, with or without a byte order mark.</param>
    /// <param name="read">Reads the object; what it answers counts only if there are no faults.</param>
    public T? Read<T>(ReadOnlyMemory<byte> utf8, Func<ConfigurationNode, T?> read) where T : class
    {
        if (utf8.Length > MaxBytes)
        {
            Refuse("", "too-large", $"The {name} has {utf8.Length} bytes; at most {MaxBytes} are read.");
            return null;
        }
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        try
        {
            using var document = JsonDocument.Parse(utf8, JsonOptions);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                Refuse("", "wrong-type", $"The {name} must be a JSON object.");
                return null;
            }
            var value = read(new(this, "", document.RootElement));
            return HasFaults ? null : value;
        }
        catch (JsonException e)
        {
            Refuse("", "not-json", $"The {name} is not JSON in UTF-8, or gives a member twice: {Short(e.Message)}");
        }
        catch (InvalidOperationException e)
        {
            // What System.Text.Json throws for a string that is no text: broken UTF-8 or half of a surrogate pair.
            Refuse("", "not-json", $"The {name} holds a string that is not Unicode text: {Short(e.Message)}");
        }
        return null;
    }

    // What is thrown may quote the file.
    private static string Short(string message) => message.Length <= 300 ? message : message[..300] + "…";
}

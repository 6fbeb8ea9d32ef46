using System.Text.Json;

namespace Situational.Host.Ingest;

/// <summary>The fields of a fix on the wire.</summary>
internal enum FixField
{
    Unknown = 0,
    Unit,
    Lat,
    Lon,
    At,
    Accuracy,
    Speed,
    Heading,
    Squad,
    CallSign,
    Battery,
    Datum,
}

/// <summary>Finds the field that a property name means.</summary>
internal static class FixFields
{
    /// <summary>The field, or <see cref="FixField.Unknown"/>; names are compared exactly.</summary>
    public static FixField Of(ref Utf8JsonReader reader)
    {
        if (!reader.HasValueSequence && !reader.ValueIsEscaped)
            return Of(reader.ValueSpan);
        // escaped, or split between two buffers; longer than any name of ours is none of them
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > 64)
            return FixField.Unknown;
        Span<byte> name = stackalloc byte[64];
        try
        {
            return Of(name[..reader.CopyString(name)]);
        }
        catch (InvalidOperationException)
        {
            // a name that is not Unicode is none of ours
            return FixField.Unknown;
        }
    }

    /// <summary>The field of a name without escapes.</summary>
    public static FixField Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("at"u8) ? FixField.At : FixField.Unknown,
        3 => name.SequenceEqual("lat"u8) ? FixField.Lat : name.SequenceEqual("lon"u8) ? FixField.Lon : FixField.Unknown,
        4 => name.SequenceEqual("unit"u8) ? FixField.Unit : FixField.Unknown,
        5 => name.SequenceEqual("speed"u8) ? FixField.Speed : name.SequenceEqual("squad"u8) ? FixField.Squad
            : name.SequenceEqual("datum"u8) ? FixField.Datum : FixField.Unknown,
        7 => name.SequenceEqual("heading"u8) ? FixField.Heading : name.SequenceEqual("battery"u8) ? FixField.Battery : FixField.Unknown,
        8 => name.SequenceEqual("accuracy"u8) ? FixField.Accuracy : name.SequenceEqual("callSign"u8) ? FixField.CallSign : FixField.Unknown,
        _ => FixField.Unknown,
    };
}

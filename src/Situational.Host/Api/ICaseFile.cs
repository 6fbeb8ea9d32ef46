using System.Buffers;
using Situational.Domain.Cases;

namespace Situational.Host.Api;

/// <summary>A file of cases that is written as they come. Used by one request.</summary>
internal interface ICaseFile
{
    /// <summary>Its media type.</summary>
    string ContentType { get; }

    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Writes what comes before the first case.</summary>
    void Begin(IBufferWriter<byte> output);

    /// <summary>Writes a case.</summary>
    void Write(IBufferWriter<byte> output, Case one);

    /// <summary>Writes what comes after the last case.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="next">The cursor of what was left out because the file was full; null when nothing was.</param>
    void End(IBufferWriter<byte> output, string? next);
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Situational.Contracts.Http;
using Situational.Domain.Journal;
using Situational.Grains.Options;
using Situational.Host.Ingest;

namespace Situational.Benchmarks;

/// <summary>
/// Fixes of known units from the JSON of a request to the batch that is recorded, 100 to a request: as devices write them, with call signs that
/// are no ASCII, and what the framework's serializer takes for the same text alone. Time and bytes are for one fix.
/// </summary>
[MemoryDiagnoser]
public class ParseFixBenchmarks
{
    private const int Fixes = 100;
    private const long NowMs = 1_795_000_000_000;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly IngestOptions _options = new();
    private UnitDirectory _directory = null!;
    private byte[] _plain = null!;
    private byte[] _named = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _directory = new UnitDirectory(new EveryUnit(), Options.Create(_options), Options.Create(new PatrolOptions()), NullLogger<UnitDirectory>.Instance);
        _directory.EnsureLoadedAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        _plain = Body("");
        _named = Body(",\"callSign\":\"巡12\"");
    }

    /// <summary>Unit, place, time, accuracy, speed and heading.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Fixes)]
    public int Ordinary() => Read(_plain);

    /// <summary>The same with a call sign that is no ASCII.</summary>
    [Benchmark(OperationsPerInvoke = Fixes)]
    public int Named() => Read(_named);

    /// <summary>The framework's serializer, which neither checks anything nor looks for the unit.</summary>
    [Benchmark(OperationsPerInvoke = Fixes)]
    public int Serializer() => JsonSerializer.Deserialize<List<Raw>>(_plain, Web)!.Count;

    private int Read(byte[] body)
    {
        using var batch = new IngestBatch();
        new FixReader(lines: false, NowMs, _directory, _options, batch).Read(new ReadOnlySequence<byte>(body), isFinal: true);
        return batch.Count == Fixes ? batch.Count : throw new InvalidOperationException($"{batch.Count} fixes");
    }

    private static byte[] Body(string more)
    {
        var json = new StringBuilder("[");
        for (var i = 0; i < Fixes; i++)
            json.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{{\"unit\":\"unit-{i:0000}\",\"lat\":{30.2 + i * 0.001237:F6},\"lon\":{120.1 + i * 0.000731:F6},")
                .Append(CultureInfo.InvariantCulture, $"\"at\":{NowMs - i},\"accuracy\":{5 + i % 7}.5,\"speed\":1.{i % 10},\"heading\":{i * 3}{more}}}");
        return Encoding.UTF8.GetBytes(json.Append(']').ToString());
    }

    /// <summary>As <see cref="FixRequest"/>, with a time that the serializer knows by itself.</summary>
    public sealed record Raw(string Unit, double Lat, double Lon, long At, double? Accuracy, double? Speed, double? Heading);

    private sealed class EveryUnit : IUnitStore
    {
        public Task<IReadOnlyList<UnitEnrolment>> LoadEnrolmentsAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<UnitEnrolment>>([.. Enumerable.Range(0, Fixes).Select(i => new UnitEnrolment($"unit-{i:0000}", $"squad-{i % 10}"))]);

        public Task<IReadOnlyList<string>> EnrolAsync(IReadOnlyList<UnitEnrolment> units, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<StoredFix>> LoadFixesAsync(string squad, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SaveFixesAsync(string squad, IReadOnlyList<StoredFix> fixes, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

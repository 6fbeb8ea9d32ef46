using System.Globalization;
using Situational.Cli.Http;
using Situational.Contracts.Http;

namespace Situational.Cli.Load;

/// <summary>Units of one connection, with their rounds.</summary>
/// <param name="First">Number of the first.</param>
/// <param name="Units">The units.</param>
/// <param name="Rounds">Their rounds, in the same order.</param>
internal sealed record Fleet(int First, LoadUnit[] Units, Round[] Rounds)
{
    private const int Squads = 40;
    private const int EnrolledAtOnce = 2_000;

    /// <summary>How many.</summary>
    public int Count => Units.Length;

    /// <summary>Makes units and puts them at the beginning of their rounds.</summary>
    /// <param name="letter">What their ids begin with, after <see cref="FixTemplate.IdPrefix"/>.</param>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="ground">Where they walk.</param>
    /// <param name="seed">The same seed gives the same rounds.</param>
    /// <param name="atMs">When they are there.</param>
    public static Fleet Of(char letter, int first, int count, Ground ground, int seed, long atMs)
    {
        var (units, rounds) = (new LoadUnit[count], new Round[count]);
        for (var i = 0; i < count; i++)
        {
            rounds[i] = Round.On(ground, new Random(HashCode(seed, letter, first + i)));
            units[i] = rounds[i].Place(Id(letter, first + i), atMs);
        }
        return new Fleet(first, units, rounds);
    }

    /// <summary>Sends every unit's first fix, with its squad.</summary>
    /// <exception cref="ClientException">The system refuses them.</exception>
    public static async Task EnrolAsync(SituationalClient client, char letter, IEnumerable<Fleet> fleets, CancellationToken cancellationToken)
    {
        foreach (var some in fleets.SelectMany(f => f.Units.Select((_, i) => f.Fix(letter, i))).Chunk(EnrolledAtOnce))
        {
            var answer = (await client.PostPositionsAsync([.. some], cancellationToken)).Require("enrolling units");
            if (answer.Refused > 0)
                throw new ClientException($"enrolling units: {answer.Refused} were refused: {answer.Reasons[0].Detail}");
        }
    }

    private static string Id(char letter, int number) => letter + number.ToString("D7", CultureInfo.InvariantCulture);

    private static int HashCode(int seed, char letter, int number) => unchecked((seed * 31 + letter) * 1_000_003 + number);

    private FixRequest Fix(char letter, int i)
    {
        var (latitude, longitude) = Rounds[i].Start;
        var number = First + i;
        return new FixRequest(
            FixTemplate.IdPrefix + Id(letter, number), Math.Round(latitude, 7), Math.Round(longitude, 7), DateTimeOffset.FromUnixTimeMilliseconds(Units[i].AtMs),
            Squad: string.Create(CultureInfo.InvariantCulture, $"load-{number % Squads:D2}"));
    }
}

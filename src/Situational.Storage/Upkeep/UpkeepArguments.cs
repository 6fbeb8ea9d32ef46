using Microsoft.Extensions.Configuration;

namespace Situational.Storage.Upkeep;

/// <summary>What <c>verify</c> and <c>migrate</c> were asked to do.</summary>
/// <param name="From">The store that is read.</param>
/// <param name="To">The store that is filled; null for <c>verify</c>.</param>
internal sealed record UpkeepArguments(StorePlace From, StorePlace? To)
{
    public const string Help = """
        situational verify                 looks at every checksum, folds every history and compares it with all that follows from it
        situational migrate --from KIND --to KIND
                                           moves everything from one store to another, empty one and verifies it there

          KIND             sqlite or redis
          --data FOLDER    folder of the database that is verified or moved from, or moved into from redis; default data
          --to-data FOLDER folder of the database that is moved into, from sqlite
          --redis ADDRESS  host and port of the Redis that is verified, moved from or moved into; default 127.0.0.1:6379
          --help           this text

        No server may run on either store. Other settings, such as --Situational:Storage:Redis:Prefix=NAME, are those of the server.
        Exit code: 0 all is well, 2 something is wrong and was named, 3 a store cannot be used, 64 the command is not understood.
        """;

    /// <exception cref="FormatException">The message says what is not understood.</exception>
    public static UpkeepArguments Parse(string command, IReadOnlyList<string> arguments, Func<IEnumerable<string>, IConfiguration> configure)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], null);
            if (name.StartsWith("--Situational:", StringComparison.Ordinal) && value is not null)
                settings.Add(arguments[i]);
            else if (name is not ("--data" or "--to-data" or "--redis" or "--from" or "--to"))
                throw new FormatException($"{command} does not know '{name}'");
            else
                given[name] = (value ?? (++i < arguments.Count ? arguments[i] : "")) is { Length: > 0 } said
                    ? said
                    : throw new FormatException($"{name} needs a value");
        }
        if (given.TryGetValue("--redis", out var address))
            settings.Add($"--{Redis.RedisOptions.Section}:{nameof(Redis.RedisOptions.Address)}={address}");
        var configuration = configure(settings);
        var data = given.GetValueOrDefault("--data") ?? configuration["Situational:Data"] ?? "data";
        return command == "verify" ? Verify(given, configuration, data) : Migrate(given, configuration, data);
    }

    private static UpkeepArguments Verify(Dictionary<string, string> given, IConfiguration configuration, string data)
    {
        if (given.Keys.FirstOrDefault(name => name is "--from" or "--to" or "--to-data") is { } foreign)
            throw new FormatException($"verify does not know '{foreign}'");
        var kind = given.ContainsKey("--redis") ? "redis" : configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Kind)}"] ?? "sqlite";
        return new UpkeepArguments(Place(kind, data, configuration), null);
    }

    private static UpkeepArguments Migrate(Dictionary<string, string> given, IConfiguration configuration, string data)
    {
        var from = given.GetValueOrDefault("--from") ?? throw new FormatException("migrate needs --from sqlite or --from redis");
        var to = given.GetValueOrDefault("--to") ?? throw new FormatException("migrate needs --to sqlite or --to redis");
        if (from == "redis" && to == "redis")
            throw new FormatException("migrate moves between sqlite and redis, or from one sqlite folder to another");
        var target = given.GetValueOrDefault("--to-data");
        if (from == "sqlite" && to == "sqlite")
        {
            if (target is null)
                throw new FormatException("migrate from sqlite to sqlite needs --to-data");
            if (Path.GetFullPath(target) == Path.GetFullPath(data))
                throw new FormatException("--data and --to-data are the same folder");
        }
        return new UpkeepArguments(Place(from, data, configuration), Place(to, target ?? data, configuration));
    }

    private static StorePlace Place(string kind, string folder, IConfiguration configuration) => kind is "sqlite" or "redis"
        ? new StorePlace(kind, folder, configuration)
        : throw new FormatException($"'{kind}' is no kind of store: sqlite and redis are");
}

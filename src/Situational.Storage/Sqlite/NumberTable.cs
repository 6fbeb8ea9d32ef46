using System.Collections.Concurrent;

namespace Situational.Storage.Sqlite;

/// <summary>Small numbers for names that many rows carry. A name keeps its number for good, so what was seen once is remembered. Safe for all threads.</summary>
internal sealed class NumberTable(string table)
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string> _names = new();

    /// <summary>A name's number; given now if it has none.</summary>
    /// <param name="session">The transaction under way.</param>
    /// <param name="name">The name.</param>
    /// <param name="met">Takes what is not remembered yet: the transaction may fail, so it is to be remembered after that.</param>
    public int NumberFor(Session session, string name, Dictionary<string, int> met)
    {
        if (_numbers.TryGetValue(name, out var number) || met.TryGetValue(name, out number))
            return number;
        if (FindNumber(session, name) is { } there)
            return met[name] = there;
        return met[name] = (int)(long)session.Value($"INSERT INTO {table} (name) VALUES ($1) RETURNING number", name)!;
    }

    /// <summary>Remembers what a transaction met, once it is durable.</summary>
    public void Remember(Dictionary<string, int> met)
    {
        foreach (var (name, number) in met)
            Remember(name, number);
    }

    /// <summary>A name's number, or null.</summary>
    public int? FindNumber(Session session, string name) => _numbers.TryGetValue(name, out var number)
        ? number
        : (int?)(long?)session.Value($"SELECT number FROM {table} WHERE name = $1", name);

    /// <summary>A number's name, or null. For a session that sees only what was committed.</summary>
    public string? FindName(Session session, int number)
    {
        if (_names.TryGetValue(number, out var name))
            return name;
        name = (string?)session.Value($"SELECT name FROM {table} WHERE number = $1", number);
        if (name is not null)
            Remember(name, number);
        return name;
    }

    private void Remember(string name, int number)
    {
        _names[number] = name;
        _numbers[name] = number;
    }
}

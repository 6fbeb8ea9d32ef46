using System.Collections.Concurrent;

namespace Situational.Storage.Sqlite;

/// <summary>Small numbers for names that many rows carry. A name keeps its number for good, so what was seen once is remembered. Safe for all threads.</summary>
internal sealed class NumberTable(string table)
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string> _names = new();

    /// <summary>A name's number; given now if it has none. It is remembered only when read back, as this transaction may yet fail.</summary>
    public int NumberFor(Session session, string name)
    {
        if (FindNumber(session, name) is { } known)
            return known;
        session.Run($"INSERT INTO {table} (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", name);
        return (int)(long)session.Value($"SELECT number FROM {table} WHERE name = $1", name)!;
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
        {
            _names[number] = name;
            _numbers[name] = number;
        }
        return name;
    }
}

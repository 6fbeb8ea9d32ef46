namespace Situational.Storage.Sqlite;

/// <summary>Which photos there are, and of what type.</summary>
internal static class PhotoTable
{
    public static bool Add(Session session, string id, string type, int bytes) =>
        session.Run("INSERT INTO photos (id, type, bytes) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING", id, type, bytes) == 1;

    /// <summary>Bytes of all photos.</summary>
    public static long Bytes(Session session) => (long)session.Value("SELECT coalesce(sum(bytes), 0) FROM photos")!;

    public static string? FindType(Session session, string id) => (string?)session.Value("SELECT type FROM photos WHERE id = $1", id);
}

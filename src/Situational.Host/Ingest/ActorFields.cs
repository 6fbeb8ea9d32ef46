using Situational.Contracts.Http;

namespace Situational.Host.Ingest;

/// <summary>Reads who acts, as the calling system states it.</summary>
internal static class ActorFields
{
    /// <summary>Longest id of a person, unit, department or system.</summary>
    public const int MaxId = 64;

    /// <summary>The roles that a caller can have; the system itself acts by rule alone.</summary>
    public static readonly string[] Roles = ["reporter", "worker", "department", "officer", "supervisor"];

    /// <summary>The field <c>by</c>, or null when it is not given.</summary>
    public static ActorRequest? Read(JsonFields fields)
    {
        if (fields.Object("by", required: false) is not { } by)
            return null;
        var id = by.PlainText("id", MaxId, required: true);
        var role = by.OneOf("role", Roles);
        return id is null || role is null ? null : new ActorRequest(id, role);
    }
}

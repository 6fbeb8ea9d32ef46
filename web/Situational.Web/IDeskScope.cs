using Microsoft.AspNetCore.Http;

namespace Situational.Web;

/// <summary>Who sits at a desk. The host implements it.</summary>
public interface IDeskScope
{
    /// <summary>The person that the visitor's desk cookie names, or null when there is no valid one.</summary>
    DeskPerson? PersonOf(HttpContext context);
}

/// <summary>A person at a desk.</summary>
/// <param name="Id">Their id, as it stands in the audit trail.</param>
/// <param name="Name">What others see.</param>
/// <param name="Role"><c>officer</c>, <c>supervisor</c> or <c>lead</c>.</param>
/// <param name="Squad">The squad of a lead; null for the others.</param>
public sealed record DeskPerson(string Id, string Name, string Role, string? Squad);

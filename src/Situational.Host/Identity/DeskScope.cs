using Situational.Web;

namespace Situational.Host.Identity;

/// <summary>Tells the pages of the desks who sits there.</summary>
internal sealed class DeskScope : IDeskScope
{
    /// <inheritdoc />
    public DeskPerson? PersonOf(HttpContext context) => Caller.PersonOf(context);
}

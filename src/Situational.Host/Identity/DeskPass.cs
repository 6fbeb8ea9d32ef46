using Situational.Web;

namespace Situational.Host.Identity;

/// <summary>What a pass says.</summary>
/// <param name="Person">Whose desk it opens.</param>
/// <param name="Hours">How long the desk stays open from then on.</param>
internal sealed record DeskPass(DeskPerson Person, int Hours);

using System.CommandLine;
using Postlotse.Engines;

namespace Postlotse.App.Commands;

/// <summary>
/// <c>engine</c>: a page child of the engine's pool. Program.cs runs it before any parsing; here only so that its name is taken.
/// </summary>
internal static class EngineCommand
{
    public static Command Create() => new(EngineChild.Verb) { Hidden = true };
}

using Spectre.Console;

namespace BelcoFunctions.Cli.Output;

/// <summary>A number with a bar, whose length is its part of the greatest number.</summary>
/// <param name="length">Of both together, in characters.</param>
/// <param name="greatest">The number with the longest bar.</param>
/// <param name="character">What the bar is made of.</param>
/// <param name="colour">Of the bar.</param>
internal sealed class Bar(int length, int greatest, char character, Color colour)
{
    /// <summary>A block, where the terminal can show one.</summary>
    public static char CharacterOf(IAnsiConsole console) => console.Profile.Capabilities.Unicode ? '█' : '#';

    public Markup Draw(int number)
    {
        var width = CountText.Format(greatest).Length;
        var longest = Math.Max(1, length - width - 1);
        // Whatever there is shows, however little it is.
        var filled = number == 0 ? 0 : Math.Max(1, (int)Math.Round((double)number * longest / greatest));
        var bar = new string(character, filled).PadRight(longest);
        return new Markup($"[{colour.ToMarkup()}]{bar}[/] {CountText.Format(number).PadLeft(width)}");
    }
}

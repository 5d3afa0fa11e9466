using Spectre.Console;

namespace BelcoFunctions.Cli.Output;

/// <summary>A number with a bar. The bar's length is proportional to the number.</summary>
/// <param name="length">The length of number and longest bar together, in characters.</param>
/// <param name="greatest">The number with the longest bar.</param>
/// <param name="character">What the bar is made of.</param>
/// <param name="colour">The colour of the bar.</param>
internal sealed class Bar(int length, int greatest, char character, Color colour)
{
    /// <summary>A block, where the terminal can show one.</summary>
    public static char CharacterOf(IAnsiConsole console) => console.Profile.Capabilities.Unicode ? '█' : '#';

    public Markup Draw(int number)
    {
        var width = CountText.Format(greatest).Length;
        var longest = Math.Max(1, length - width - 1);
        // Any number but zero has a visible bar.
        var filled = number == 0 ? 0 : Math.Max(1, (int)Math.Round((double)number * longest / greatest));
        var bar = new string(character, filled).PadRight(longest);
        return new Markup($"[{colour.ToMarkup()}]{bar}[/] {CountText.Format(number).PadLeft(width)}");
    }
}

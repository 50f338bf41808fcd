/*
 * The probe guest: a ROM of 64 KiB that QEMU runs in place of a BIOS, so nothing but this code has to work.
 * It goes the way a kernel goes at its start and prints a letter at the debug port behind each stage:
 *
 *   r  real mode          the first instruction
 *   p  protected mode     a segment of 32 bits
 *   m  model registers    rdmsr and wrmsr of EFER, page tables, cr4, the local APIC
 *   l  long mode          paging on, a segment of 64 bits
 *   c  cpuid, rdtsc
 *   e  exception          int3 through the interrupt table
 *   i  interrupt          the timer ends a hlt, ten times
 *   a  arithmetic         LOOPS turns of a counting loop
 *
 * Then it writes 0x31 to the exit device, which makes QEMU end with code 99.
 * probe-rom.ts carries the assembled bytes; its test assembles this file again where there is an assembler:
 *   as -o probe.o probe.S && objcopy -O binary -j .text probe.o probe.bin
 */
    .set ROM, 0xf0000
    .set LOOPS, 20000000
    .set PML4, 0x10000
    .set IDT, 0x2000
    .set TICKS, 0x3000

    .macro report letter
    movb $\letter, %al
    outb %al, $0xe9
    .endm

    .code16
start:
    cli
    cld
    report 'r'
    xorw %ax, %ax
    movw %ax, %ds
    lgdtl %cs:(gdt_pointer - start)
    movl %cr0, %eax
    orl $1, %eax
    movl %eax, %cr0
    ljmpl $0x08, $(ROM + protected - start)

    .code32
protected:
    movw $0x10, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl $0x7000, %esp
    report 'p'

    /* The local APIC on, its LINT0 passing the old interrupt controllers' interrupts. */
    movl $0x1ff, 0xfee000f0
    movl $0x700, 0xfee00350

    /* The first GiB mapped as it is, in pages of 2 MiB. */
    movl $PML4, %edi
    xorl %eax, %eax
    movl $0xc00, %ecx
    rep stosl
    movl $(PML4 + 0x1003), PML4
    movl $(PML4 + 0x2003), PML4 + 0x1000
    movl $(PML4 + 0x2000), %edi
    movl $0x83, %eax
    movl $512, %ecx
1:  movl %eax, (%edi)
    addl $0x200000, %eax
    addl $8, %edi
    decl %ecx
    jnz 1b
    movl $PML4, %eax
    movl %eax, %cr3
    movl %cr4, %eax
    orl $0x20, %eax
    movl %eax, %cr4
    movl $0xc0000080, %ecx
    rdmsr
    orl $0x100, %eax
    wrmsr
    report 'm'
    movl %cr0, %eax
    orl $0x80000000, %eax
    movl %eax, %cr0
    ljmpl $0x18, $(ROM + long - start)

    .code64
long:
    movl $0x10, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    movl $0x7000, %esp
    report 'l'
    xorl %eax, %eax
    cpuid
    rdtsc
    report 'c'

    /* Other exceptions than int3 stay absent and so end the guest; spurious interrupts do no harm. */
    movl $IDT, %edi
    xorl %eax, %eax
    movl $0x400, %ecx
    rep stosl
    movl $(ROM + return - start), %ebx
    movl $(IDT + 0x20 * 16), %edi
1:  call gate
    addl $16, %edi
    cmpl $(IDT + 0x100 * 16), %edi
    jb 1b
    movl $(IDT + 3 * 16), %edi
    call gate
    movl $(IDT + 0x20 * 16), %edi
    movl $(ROM + timer - start), %ebx
    call gate
    lidt idt_pointer(%rip)
    int3
    report 'e'

    /* Both interrupt controllers at 0x20 and 0x28, all lines masked but the timer's; 1 kHz. */
    movb $0x11, %al
    outb %al, $0x20
    outb %al, $0xa0
    movb $0x20, %al
    outb %al, $0x21
    movb $0x28, %al
    outb %al, $0xa1
    movb $4, %al
    outb %al, $0x21
    movb $2, %al
    outb %al, $0xa1
    movb $1, %al
    outb %al, $0x21
    outb %al, $0xa1
    movb $0xfe, %al
    outb %al, $0x21
    movb $0xff, %al
    outb %al, $0xa1
    movb $0x34, %al
    outb %al, $0x43
    movb $0xa9, %al
    outb %al, $0x40
    movb $0x04, %al
    outb %al, $0x40
    movl $0, TICKS
1:  sti
    hlt
    cli
    cmpl $10, TICKS
    jb 1b
    report 'i'

    movl $LOOPS, %ecx
1:  decl %ecx
    jnz 1b
    report 'a'

    movb $0x31, %al
    outb %al, $0xf4
1:  hlt
    jmp 1b

/* An interrupt gate at rdi to the code at ebx. */
gate:
    movl %ebx, %eax
    andl $0xffff, %eax
    orl $0x00180000, %eax
    movl %eax, (%rdi)
    movl %ebx, %eax
    andl $0xffff0000, %eax
    orl $0x8e00, %eax
    movl %eax, 4(%rdi)
    ret

timer:
    pushq %rax
    incl TICKS
    movb $0x20, %al
    outb %al, $0x20
    popq %rax
return:
    iretq

    /* "Accessed" is set already: a processor that had to set it would write to this ROM. */
    .balign 8
gdt:
    .quad 0
    .quad 0x00cf9b000000ffff
    .quad 0x00cf93000000ffff
    .quad 0x00af9b000000ffff
gdt_pointer:
    .word 31
    .long ROM + gdt - start
idt_pointer:
    .word 0x100 * 16 - 1
    .quad IDT

    .org 0xfff0
    .code16
    ljmpw $0xf000, $0
    .org 0x10000

/** The pictures a view can have. */

import {
  Bell,
  CalendarDays,
  CircleCheck,
  Clock,
  Flag,
  Flame,
  Heart,
  Inbox,
  type LucideIcon,
  Star,
  Tag,
  Users,
  Zap,
} from "lucide-react";
import type { Icon } from "./views";

export const icons: Readonly<Record<Icon, LucideIcon>> = {
  bell: Bell,
  bolt: Zap,
  calendar: CalendarDays,
  check: CircleCheck,
  clock: Clock,
  flag: Flag,
  flame: Flame,
  heart: Heart,
  inbox: Inbox,
  star: Star,
  tag: Tag,
  users: Users,
};
